namespace SignalLab.Formats.Dicom;

/// <summary>The bytes that pixels are read from: one file kept open, or one of many files of a folder opened for each read.</summary>
internal sealed class PixelSource(string path, ByteSource? kept, bool isDeflated)
{
    public string Path => path;

    /// <summary>Lends the bytes; give them back with <see cref="Return"/>.</summary>
    public ByteSource Take() => kept ?? (isDeflated ? DicomFile.Open(path).Source : ByteSource.Open(path));

    public void Return(ByteSource source)
    {
        if (kept is null)
        {
            source.Close();
        }
    }
}
