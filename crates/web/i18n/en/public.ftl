privacy-title = Your personal data
