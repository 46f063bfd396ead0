using SignalLab.Model;

namespace SignalLab.Formats.Mat;

/// <summary>The variables of a MAT file, version 5 to 7 or 7.3; values are read when asked for.</summary>
/// <remarks>Source: MathWorks, MAT-File Format (version 5 layout); version 7.3 files are HDF5 with MATLAB's attributes.</remarks>
internal sealed class MatFile
{
    private const string Level5 = "MATLAB 5.0 MAT-file";
    private const string Level73 = "MATLAB 7.3 MAT-file";

    private readonly IReadOnlyDictionary<string, Lazy<MatValue>> variables;

    private MatFile(string path, IReadOnlyDictionary<string, Lazy<MatValue>> variables)
    {
        Path = path;
        this.variables = variables;
    }

    public string Path { get; }

    public IEnumerable<string> Names => variables.Keys;

    /// <summary>The value of a variable, or null where the file has no such variable.</summary>
    /// <param name="name">Its name.</param>
    public MatValue? this[string name] => variables.TryGetValue(name, out var value) ? value.Value : null;

    /// <summary>True where a file begins as a MAT file does.</summary>
    /// <param name="head">The file's beginning.</param>
    public static bool Recognises(FileHead head) => !head.IsDirectory && !head.IsGzip && (head.Has(0, Level5) || head.Has(0, Level73));

    /// <summary>True where a file is HDF5, with or without MATLAB's 512 bytes before it.</summary>
    /// <param name="head">The file's beginning.</param>
    public static bool IsHdf5(FileHead head) => !head.IsDirectory && !head.IsGzip && (Signed(head.Bytes, 0) || Signed(head.Bytes, 512));

    /// <summary>Lists the variables.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is damaged or no MAT file.</exception>
    public static MatFile Open(string path)
    {
        var head = FileHead.Of(path);
        if (IsHdf5(head))
        {
            return new(path, new Mat73Reader(path).Variables());
        }

        return head.Has(0, Level5)
            ? new(path, new Mat5Reader(ByteSource.OpenAsIs(path)).Variables())
            : throw new MalformedFileException(path, 0, "header", $"\"{head.Text[..Math.Min(head.Text.Length, 19)]}\"", $"\"{Level5}\", or an HDF5 file under \"{Level73}\"");
    }

    private static bool Signed(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length >= at + 8 && bytes.Slice(at, 8).SequenceEqual((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10]);
}
