"""What the registers room says when it refuses something."""

from __future__ import annotations

from collections.abc import Sequence


class RegisterError(Exception):
    """A register, a file or a folder that cannot be used: what was wrong, where, and the mend."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(what)

    def __str__(self) -> str:
        text = f"{self.where}：{self.what}" if self.where else self.what
        return f"{text}（{self.mend}）" if self.mend else text


class IntakeRefused(RegisterError):
    """The input as a whole was refused; nothing was written, the previous registers stand.

    ``problems`` lists everything found, so that a sender mends all files in one go.
    """

    def __init__(self, problems: Sequence[RegisterError]) -> None:
        self.problems = tuple(problems)
        if len(self.problems) == 1:
            one = self.problems[0]
            super().__init__(one.what, where=one.where, mend=one.mend)
            return
        listed = "".join(f"\n  {at}. {text}" for at, text in enumerate(self.problems, start=1))
        super().__init__(
            f"报送的文件有 {len(self.problems)} 处问题，没有读入 / nothing was taken in{listed}",
            mend="逐项改正后重新运行；原有登记册未动 / the previous registers are unchanged",
        )
