using System.Globalization;
using System.Xml.Linq;

namespace SignalLab.Formats.Xml;

/// <summary>Elements by their name alone: vendors' namespaces differ from version to version.</summary>
internal static class XmlParts
{
    extension(XElement element)
    {
        /// <summary>Elements of that name at any depth, in document order.</summary>
        public IEnumerable<XElement> All(string name) => element.Descendants().Where(e => e.Name.LocalName == name);

        /// <summary>Children of that name.</summary>
        public IEnumerable<XElement> Children(string name) => element.Elements().Where(e => e.Name.LocalName == name);

        /// <summary>The first child of that name, or null.</summary>
        public XElement? Child(string name) => element.Children(name).FirstOrDefault();

        /// <summary>The trimmed text of the first child of that name; null where there is none or it is empty.</summary>
        public string? Text(string name) => element.Child(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

        /// <summary>The finite number in the first child of that name, or null.</summary>
        public double? Number(string name) =>
            double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

        /// <summary>An attribute's trimmed text; null where there is none or it is empty.</summary>
        public string? AttributeText(string name) => element.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text ? text : null;
    }
}
