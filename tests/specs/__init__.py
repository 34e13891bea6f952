"""Do we speak as the networks' published specifications say? Requests of the adapters and answers of the sandbox."""
