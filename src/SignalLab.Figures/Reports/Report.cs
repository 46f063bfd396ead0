namespace SignalLab.Figures.Reports;

/// <summary>What a report says, whatever file it becomes: sections of texts, tables, figures and links.</summary>
/// <param name="Title">Title.</param>
/// <param name="Sections">Sections in order.</param>
public sealed record Report(string Title, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>Of whom, when; empty for nothing.</summary>
    public string Subtitle { get; init; } = "";
}

/// <summary>A part of a report under its own title.</summary>
/// <param name="Title">Title.</param>
/// <param name="Blocks">Content in order.</param>
public sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A piece of a section.</summary>
public abstract record ReportBlock;

/// <summary>Text; a line break begins a paragraph.</summary>
/// <param name="Text">The words, plain.</param>
public sealed record TextBlock(string Text) : ReportBlock;

/// <summary>A figure that the report draws.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="FileName">Its file in an HTML report, with the ending that decides the format, for example <c>eeg.svg</c>.</param>
/// <param name="Description">What one sees, for those who cannot see it; also the caption.</param>
public sealed record FigureBlock(Figure Figure, string FileName, string Description) : ReportBlock
{
    /// <summary>How this figure was made, from its own inputs; null where the report's colophon says it.</summary>
    public Colophon? Colophon { get; init; }
}

/// <summary>A figure that stands already as a file beside the report.</summary>
/// <param name="Path">Its path relative to the report's folder, with forward slashes.</param>
/// <param name="Description">What one sees; also the caption.</param>
public sealed record FigureFileBlock(string Path, string Description) : ReportBlock;

/// <summary>Links to other files and pages.</summary>
/// <param name="Links">Texts and targets: relative paths with forward slashes, or http(s) addresses.</param>
public sealed record LinksBlock(IReadOnlyList<(string Text, string Target)> Links) : ReportBlock;
