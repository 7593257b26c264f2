"""Addresses of what follows an honour; each subject keeps its own list beside its pages."""

from gongjiang.web.cultivation import keeping_urls, mentors_urls, plans_urls, training_urls

urlpatterns = [
    *plans_urls.urlpatterns,
    *mentors_urls.urlpatterns,
    *training_urls.urlpatterns,
    *keeping_urls.urlpatterns,
]
