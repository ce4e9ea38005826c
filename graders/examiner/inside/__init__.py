"""What runs inside the two sessions. Nothing here imports another file of ours; `examine` joins the files it needs."""
