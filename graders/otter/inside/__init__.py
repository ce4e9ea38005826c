"""What runs inside the examiner's session. Nothing here imports another file of ours."""
