"""Pictures that belong to this product, drawn on the server as SVG."""
