namespace SignalLab.Formats.Edf;

/// <summary>The header of an EDF, EDF+, BDF or BDF+ file.</summary>
internal sealed record EdfHeader
{
    /// <summary>24-bit samples (BDF) instead of 16-bit ones (EDF).</summary>
    public required bool Is24Bit { get; init; }

    /// <summary>The format's name: EDF, EDF+C, EDF+D, BDF, BDF+C or BDF+D.</summary>
    public required string Format { get; init; }

    public required string Patient { get; init; }

    public required string Recording { get; init; }

    /// <summary>Date and time of the header, to the second; null where they are not a date.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Byte offset of the first data record.</summary>
    public required long DataOffset { get; init; }

    public required long RecordCount { get; init; }

    /// <summary>Length of a data record in seconds, exactly as printed; 0 only in files of annotations.</summary>
    public required decimal RecordSeconds { get; init; }

    public required IReadOnlyList<EdfSignal> Signals { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }

    public bool IsPlus => Format.Contains('+', StringComparison.Ordinal);

    public bool IsDiscontinuous => Format.EndsWith('D');

    public int SampleBytes => EdfWidth.Bytes(Is24Bit);

    /// <summary>Bytes of one data record.</summary>
    public long RecordBytes => Signals.Sum(s => (long)s.SamplesPerRecord) * SampleBytes;
}
