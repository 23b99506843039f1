"""What is known of each survey service: how its export looks, and which answers in it do not count."""
