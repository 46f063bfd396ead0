using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>NIfTI-1 and NIfTI-2 in one file or as a pair, gzip or not, and Analyze 7.5 pairs.</summary>
public sealed class NiftiFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "NIfTI";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return NiftiHeader.TryRead(head.Bytes) is not null
            || (NiftiFiles.HeaderBeside(head.Path) is { } beside && NiftiHeader.TryRead(FileHead.Of(beside).Bytes) is { IsPair: true });
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var headerPath = NiftiFiles.HeaderBeside(path) ?? path;
        var source = ByteSource.Open(headerPath);
        var header = NiftiHeader.TryRead(source.Read(0, Math.Min(source.Length, NiftiHeader.SizeTwo), "header"))
            ?? throw new MalformedFileException(headerPath, 0, "header", "no NIfTI or Analyze header", "sizeof_hdr 348 or 540, the magic n+1, ni1, n+2 or ni2, and dim[0] in 1…7");
        return NiftiFiles.Open(path, headerPath, source, header);
    }
}
