using SignalLab.Analysis.Norms;

namespace SignalLab.Review.Serving;

/// <summary>What the reviewer shows and where it listens.</summary>
/// <param name="Root">The folder whose files may be opened, or the one file.</param>
public sealed record ReviewOptions(string Root)
{
    /// <summary>Port on 127.0.0.1; 0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>Where annotations are kept, or null for beside each recording.</summary>
    public string? MarksFolder { get; init; }

    /// <summary>Where what is computed from long recordings and the login address are kept; null for the user's cache folder.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Most bytes that may be kept in the cache folder; what was unused for longest goes first.</summary>
    public long CacheBytes { get; init; } = 2L << 30;

    /// <summary>Reads the user's own reference sets; they go before those that come with the program.</summary>
    public Func<IReadOnlyList<NormSet>> OwnNorms { get; init; } = () => [];

    /// <summary>The clock that stamps edits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The version that pages and reports name.</summary>
    public string Version { get; init; } = "";
}
