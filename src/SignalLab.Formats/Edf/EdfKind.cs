namespace SignalLab.Formats.Edf;

/// <summary>Sample width of a written file; whether it is continuous (+C) or has gaps (+D) follows from the recording.</summary>
public enum EdfKind
{
    /// <summary>EDF+, 16 bits a sample.</summary>
    Edf,

    /// <summary>BDF+, 24 bits a sample.</summary>
    Bdf,
}
