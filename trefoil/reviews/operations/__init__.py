"""The only writers of reviews. Every one checks who leads the review, and none writes its words on the trail."""
