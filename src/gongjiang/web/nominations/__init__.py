"""Filing a nomination: begin it, fill it in step by step, hand on material, submit, withdraw."""
