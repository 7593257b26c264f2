"""Who is acting, and what was granted to them."""
