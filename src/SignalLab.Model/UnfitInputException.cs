namespace SignalLab.Model;

/// <summary>The input is well formed but not fit for what was asked of it: units that do not convert, frames that do not connect, channels of different rates. One line that says why and what to do: control characters that come from a file are replaced.</summary>
/// <param name="message">What was asked, why it cannot be, what to do instead.</param>
public sealed class UnfitInputException(string message) : Exception(string.Concat((message ?? "").Select(c => char.IsControl(c) ? '·' : c)));
