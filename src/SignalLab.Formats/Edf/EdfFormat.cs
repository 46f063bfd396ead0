using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>European Data Format, 16 bits: EDF, EDF+C, EDF+D.</summary>
public sealed class EdfFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "EDF";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return EdfHeaderReader.Recognises(head.Bytes, is24Bit: false);
    }

    /// <inheritdoc/>
    public Study Open(string path) => EdfFile.Open(path);
}

/// <summary>BioSemi's 24-bit variant of EDF: BDF, BDF+C, BDF+D.</summary>
public sealed class BdfFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "BDF";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return EdfHeaderReader.Recognises(head.Bytes, is24Bit: true);
    }

    /// <inheritdoc/>
    public Study Open(string path) => EdfFile.Open(path);
}
