using System.Xml;
using System.Xml.Linq;

namespace SignalLab.Formats.Electrodes;

/// <summary>The XML of Brain Products' electrode files; a document type definition is refused, nothing outside the file is read.</summary>
internal static class ElectrodeXml
{
    public static XElement Parse(ElectrodeText text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 32_000_000 };
        try
        {
            using var reader = XmlReader.Create(new StringReader(string.Join('\n', text.Lines.Select(l => l.Text))), settings);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException e)
        {
            var line = text.Lines.Count == 0 ? default : text.Lines[Math.Clamp(e.LineNumber - 1, 0, text.Lines.Count - 1)];
            throw text.Fault(line, "XML", e.Message, "a whole XML document without DTD");
        }
    }

    /// <summary>Children of that name under the root or deeper, in any namespace.</summary>
    public static IEnumerable<XElement> All(XElement root, string name) => root.Descendants().Where(e => e.Name.LocalName == name);

    public static string Value(ElectrodeText text, XElement element, string name) =>
        element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim() ?? throw text.Fault(name, $"<{element.Name.LocalName}> without it", $"<{name}>");

    public static double Number(ElectrodeText text, XElement element, string name)
    {
        var word = Value(text, element, name);
        return ElectrodeText.TryNumber(word, out var value) ? value : throw text.Fault(name, $"'{word}'", "a number");
    }
}
