"""Speed and memory against named baselines in the same run. Ratios count; times depend on the machine."""
