"""The doors to other systems: API clients, linked logins, and the municipal portal's adapter."""
