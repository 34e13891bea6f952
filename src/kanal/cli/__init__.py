"""The command line: parse, call one function, show. One module per group of commands; `main` maps errors to exits."""
