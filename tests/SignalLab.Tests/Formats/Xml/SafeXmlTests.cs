using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Xml;

public sealed class SafeXmlTests
{
    [Fact]
    public void Elements_are_found_by_local_name_in_any_namespace()
    {
        var root = Load("<a xmlns='urn:one' xmlns:x='urn:two'><x:b n=' 3 '> text </x:b><b/><c><b>2.5</b></c></a>");
        Assert.Equal(3, root.All("b").Count());
        Assert.Equal(2, root.Children("b").Count());
        Assert.Equal("text", root.Text("b"));
        Assert.Equal("3", root.Child("b")!.AttributeText("n"));
        Assert.Equal(2.5, root.Child("c")!.Number("b"));
        Assert.Null(root.Text("none"));
        Assert.Null(root.Number("b"));
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void The_encoding_is_the_one_that_is_declared(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?><!-- before --><a>Männl. µV</a>")];
        Assert.Equal("Männl. µV", SafeXml.Load(ByteSource.OfMemory("a.xml", bytes)).Value);
    }

    [Fact]
    public void A_doctype_that_names_a_file_is_passed_over_and_nothing_is_fetched() =>
        Assert.Equal("1", Load("<!DOCTYPE RestingECG SYSTEM \"/nowhere/restecg.dtd\"><RestingECG>1</RestingECG>").Value);

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM \"x\" [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a/>")]
    [InlineData("<!DOCTYPE a SYSTEM \"x\"><a>&b;</a>")]
    public void Declarations_and_entities_are_refused(string text) => Assert.Throws<MalformedFileException>(() => Load(text));

    [Theory]
    [InlineData("")]
    [InlineData("<a><b></a>")]
    [InlineData("<a>")]
    [InlineData("not XML")]
    [InlineData("<?xml version='1.0' encoding='no-such-code'?><a/>")]
    public void What_is_no_whole_document_is_refused_in_one_line(string text)
    {
        var e = Assert.Throws<MalformedFileException>(() => Load(text));
        Assert.Contains("a.xml", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_document_is_refused_that_is_too_deep_or_has_too_many_elements()
    {
        Assert.Throws<MalformedFileException>(() => Load(string.Concat(Enumerable.Repeat("<a>", 300)) + string.Concat(Enumerable.Repeat("</a>", 300))));
        Assert.Throws<MalformedFileException>(() => Load("<a>" + string.Concat(Enumerable.Repeat("<b/>", 2_000_001)) + "</a>"));
    }

    private static System.Xml.Linq.XElement Load(string text) => SafeXml.Load(ByteSource.OfMemory("a.xml", Encoding.UTF8.GetBytes(text)));
}
