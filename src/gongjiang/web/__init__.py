"""Who is asked, in a browser: views, forms, addresses. Data is reached only through services."""
