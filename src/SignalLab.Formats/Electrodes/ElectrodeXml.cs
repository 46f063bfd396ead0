using System.Xml.Linq;
using SignalLab.Formats.Xml;

namespace SignalLab.Formats.Electrodes;

/// <summary>The XML of Brain Products' electrode files.</summary>
internal static class ElectrodeXml
{
    public static XElement Parse(ElectrodeText text) => SafeXml.Load(ByteSource.Open(text.Path));

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
