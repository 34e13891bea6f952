"""People in office on official accounts: whose voice it is, and that no party speaks through it."""
