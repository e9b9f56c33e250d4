"""
What dealers of KakaoTalk messages answer, one module each.

    nhn   NHN Cloud, KakaoTalk Bizmessage
"""
