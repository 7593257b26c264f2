"""Addresses of what follows an honour; each subject keeps its own list beside its pages."""

from gongjiang.web.cultivation import keeping_urls

urlpatterns = [*keeping_urls.urlpatterns]
