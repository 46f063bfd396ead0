using SignalLab.Analysis.Sleep;
using SignalLab.Model;

namespace SignalLab.Review.Marks;

/// <summary>An annotation as the reviewer keeps it.</summary>
/// <param name="Id">Number that stays its own, through undo and redo.</param>
/// <param name="Onset">Seconds since the recording's first sample.</param>
/// <param name="Duration">Seconds, 0 for an instant.</param>
/// <param name="Text">The words.</param>
/// <param name="Channel">Label of the one channel it is about, or null.</param>
/// <param name="Origin">file, person or algorithm.</param>
/// <param name="By">The person, or the algorithm with its version.</param>
/// <param name="Made">When it was made, UTC, ISO 8601; empty for those of the file.</param>
/// <param name="Changed">When it was changed last, UTC, or null.</param>
internal sealed record Mark(long Id, double Onset, double Duration, string Text, string? Channel, string Origin, string By, string Made, string? Changed = null)
{
    /// <summary>Longest text that is taken.</summary>
    public const int LongestText = 10_000;

    /// <summary>Symbol of the stage of sleep that the text names, or null.</summary>
    public string? Stage => SleepStages.Of(Text ?? "") is { } stage ? SleepStages.Symbol(stage) : null;

    /// <summary>As a statement about the recording.</summary>
    public Annotation Annotation() => new(Onset, Duration, Text, Channel)
    {
        Origin = new(Enum.Parse<OriginKind>(Origin, ignoreCase: true), By),
    };

    /// <summary>Checks what a person entered.</summary>
    /// <exception cref="UnfitInputException">A number is no number, or a text too long.</exception>
    public Mark Checked() => !double.IsFinite(Onset) || !double.IsFinite(Duration) || Duration < 0 || Math.Abs(Onset) > 1e9 || Duration > 1e9
        ? throw new UnfitInputException("An annotation needs an onset and a duration in seconds.")
        : Text is not { Length: > 0 and <= LongestText } || Channel is { Length: > 200 } || By.Length > 200
        ? throw new UnfitInputException(FormattableString.Invariant($"An annotation needs a text of 1 to {LongestText} characters and names of at most 200."))
        : this;
}

/// <summary>What a person does to annotations in one step, undone in one step.</summary>
/// <param name="Add">New ones; their numbers are given by the store.</param>
/// <param name="Change">Those that become another.</param>
/// <param name="Remove">Numbers of those that go.</param>
internal sealed record MarkStep(IReadOnlyList<Mark>? Add, IReadOnlyList<Mark>? Change, IReadOnlyList<long>? Remove);

/// <summary>What a step did.</summary>
/// <param name="Step">Its number; 0 where there was nothing to do.</param>
/// <param name="Put">Annotations as they are now.</param>
/// <param name="Gone">Numbers that are no more.</param>
/// <param name="Undo">Steps that can be undone.</param>
/// <param name="Redo">Steps that can be done again.</param>
internal sealed record MarkOutcome(long Step, IReadOnlyList<Mark> Put, IReadOnlyList<long> Gone, long Undo, long Redo);
