"""The only writers of child deaths. Every one checks who runs the review, and none writes its words on the trail."""
