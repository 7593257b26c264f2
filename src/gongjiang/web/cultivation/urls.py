"""Addresses of what follows an honour; each subject keeps its own list beside its pages."""

from gongjiang.web.cultivation import keeping_urls, training_urls

urlpatterns = [*training_urls.urlpatterns, *keeping_urls.urlpatterns]
