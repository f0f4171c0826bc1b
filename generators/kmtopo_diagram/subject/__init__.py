"""What a topology is to somebody who draws it: who calls whom, which network is above, titles, words, amounts."""
