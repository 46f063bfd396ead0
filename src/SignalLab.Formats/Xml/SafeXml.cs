using System.Text;
using System.Xml;
using System.Xml.Linq;
using SignalLab.Model;

namespace SignalLab.Formats.Xml;

/// <summary>XML from anywhere: nothing outside the file is fetched, no entity is expanded, size and depth are bounded.</summary>
/// <remarks>A DOCTYPE that only names an external file is passed over (ECG carts write one); one that declares anything is refused.</remarks>
internal static class SafeXml
{
    /// <summary>A document may be this large.</summary>
    public const long LargestBytes = 32_000_000;

    private const int MostNodes = 2_000_000;

    private const int Deepest = 256;

    // The part before the root element is looked at as far as this.
    private const int LongestProlog = 64_000;

    /// <summary>Reads a document whole.</summary>
    /// <param name="path">The file, taken as it stands (not unzipped).</param>
    /// <returns>The root element.</returns>
    /// <exception cref="MalformedFileException">It is too large, no whole XML, or declares entities.</exception>
    public static XElement Load(string path)
    {
        var source = ByteSource.OpenAsIs(path);
        try
        {
            return Load(source);
        }
        finally
        {
            source.Close();
        }
    }

    /// <summary>Reads a document whole whose root has a name.</summary>
    /// <param name="path">The file, taken as it stands (not unzipped).</param>
    /// <param name="root">Local name of the root.</param>
    /// <returns>The root element.</returns>
    /// <exception cref="MalformedFileException">It is too large, no whole XML, declares entities, or has another root.</exception>
    public static XElement Load(string path, string root) => Load(path) is var found && found.Name.LocalName == root
        ? found
        : throw new MalformedFileException(path, null, "root element", $"<{found.Name.LocalName}>", $"<{root}>");

    /// <summary>Reads a document whole; the encoding is the one its declaration states.</summary>
    /// <param name="source">The file.</param>
    /// <returns>The root element.</returns>
    /// <exception cref="MalformedFileException">It is too large, no whole XML, or declares entities.</exception>
    public static XElement Load(ByteSource source)
    {
        if (source.Length > LargestBytes)
        {
            throw new MalformedFileException(source.Path, null, "XML", FormattableString.Invariant($"{source.Length} bytes"), FormattableString.Invariant($"at most {LargestBytes}"));
        }

        var bytes = source.Read(0, source.Length, "XML");
        RequireNoDeclarations(source.Path, bytes);
        try
        {
            RequireBounded(source.Path, bytes);
            using var reader = XmlReader.Create(new MemoryStream(bytes, false), Settings());
            return XDocument.Load(reader).Root!;
        }
        catch (Exception e) when (e is XmlException or ArgumentException or DecoderFallbackException or NotSupportedException)
        {
            throw new MalformedFileException(source.Path, null, "XML", e.Message, "a whole XML document", e);
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 2 * LargestBytes,
    };

    // Before a tree is built: few bytes can make very many nodes, and a tree as deep as the stack.
    private static void RequireBounded(string path, byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes, false), Settings());
        for (var nodes = 0; reader.Read();)
        {
            nodes += 1 + reader.AttributeCount;
            if (nodes > MostNodes || reader.Depth > Deepest)
            {
                throw new MalformedFileException(
                    path, null, "XML", nodes > MostNodes ? "more elements" : "deeper nesting", FormattableString.Invariant($"at most {MostNodes} elements, {Deepest} deep"));
            }
        }
    }

    private static void RequireNoDeclarations(string path, byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes, 0, Math.Min(bytes.Length, LongestProlog)), Encoding.Latin1, detectEncodingFromByteOrderMarks: true);
        var prolog = reader.ReadToEnd().Replace("\0", "", StringComparison.Ordinal);
        var at = prolog.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        for (var quote = '\0'; at >= 0 && at < prolog.Length; at++)
        {
            var c = prolog[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '[')
            {
                throw new MalformedFileException(path, null, "DOCTYPE", "declarations in the document", "XML without a document type definition");
            }
            else if (c == '>')
            {
                return;
            }
        }
    }
}
