"""What stands on a page in the place of a name or number."""

from __future__ import annotations


def name(text: str) -> str:
    """张三 as 张*, 欧阳小三 as 欧*三, one character as itself."""
    text = text.strip()
    if len(text) < 2:
        return text
    if len(text) == 2:
        return f"{text[0]}*"
    return f"{text[0]}*{text[-1]}"


def document(number: str) -> str:
    """310114********002X: six digits and four are left; a short number shows its last four."""
    number = number.strip()
    if len(number) >= 15:
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return f"{'*' * max(0, len(number) - 4)}{number[-4:]}"


def phone(number: str) -> str:
    """138****1234."""
    number = number.strip()
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def account(number: str) -> str:
    """The last four digits of a bank account."""
    number = number.strip()
    return f"{'*' * 4}{number[-4:]}"
