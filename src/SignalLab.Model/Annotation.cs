namespace SignalLab.Model;

/// <summary>Who or what made a statement.</summary>
/// <param name="Kind">File, person or algorithm.</param>
/// <param name="Name">The file's name, the person, or the algorithm with its version.</param>
public sealed record Origin(OriginKind Kind, string Name)
{
    /// <summary>Stands in the recording's own file.</summary>
    public static Origin File { get; } = new(OriginKind.File, "");
}

/// <summary>Kinds of <see cref="Origin"/>.</summary>
public enum OriginKind
{
    /// <summary>Found in a file.</summary>
    File,

    /// <summary>Made by a person.</summary>
    Person,

    /// <summary>Computed.</summary>
    Algorithm,
}

/// <summary>Something said about a stretch of a recording.</summary>
/// <param name="OnsetSeconds">Real time since the recording's first sample; may lie before it or in a gap.</param>
/// <param name="DurationSeconds">Length, 0 for an instant.</param>
/// <param name="Text">The words, as they stand in the source.</param>
/// <param name="Channel">Label of the one channel it is about, or null for all.</param>
public sealed record Annotation(double OnsetSeconds, double DurationSeconds, string Text, string? Channel = null)
{
    /// <summary>Who made it.</summary>
    public Origin Origin { get; init; } = Origin.File;

    /// <summary>What else the source says of it, as text (<c>column: cell; column: cell</c> of an events table); empty where it says nothing.</summary>
    public string Details { get; init; } = "";

    /// <summary>How sure an algorithm is, 0…1 as it defines it, or null where nothing is said of it.</summary>
    public double? Confidence { get; init; }
}

/// <summary>An instant at which something happened, as epochs are cut on it.</summary>
/// <param name="OnsetSeconds">Real time since the recording's first sample.</param>
/// <param name="Name">The kind of event: an annotation's text or a trigger's code.</param>
public readonly record struct Event(double OnsetSeconds, string Name);
