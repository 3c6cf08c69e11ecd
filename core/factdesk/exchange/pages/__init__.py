"""Web pages and what is made of the same markup (mails, feeds, books): decoded, parsed within limits, turned to text."""
