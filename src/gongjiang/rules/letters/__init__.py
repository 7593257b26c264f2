"""Letters of recommendation: may this one count?"""
