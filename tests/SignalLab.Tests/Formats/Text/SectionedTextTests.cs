using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Text;

public sealed class SectionedTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Keys_are_found_in_their_section_whatever_their_case_and_comments_are_none()
    {
        var text = Read(Encoding.UTF8.GetBytes("\uFEFFtitle é\r\n\r\n[One]\n; Key = comment\nkey = 1 \n KEY=2\n[two]\rkey=a=b\r[one]\nlast=x"));
        Assert.Equal(("title é", "1", "a=b", "x"), (text.FirstLine, text.Value("ONE", "Key"), text.Value("Two", "key"), text.Value("One", "last")));
        Assert.Equal(["; Key = comment", "key = 1 ", " KEY=2", "last=x"], text["one"].Select(l => l.Text));
        Assert.Equal(("", "a=b"), (text["one"][0].Key, text["two"][0].Value));
        Assert.Null(text.Value("three", "key"));
        Assert.False(text.IsEnded);
    }

    [Fact]
    public void Only_known_headings_begin_a_section_where_the_text_is_free()
    {
        File.WriteAllText(folder["h.txt"], "[A]\nx=1\n[note]\ny=2\n");
        var text = SectionedText.Read(folder["h.txt"], "header", 100, h => h == "A");
        Assert.Equal(["x=1", "[note]", "y=2"], text["A"].Select(l => l.Text));
        Assert.True(text.IsEnded);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_latin1_and_faults_name_the_byte()
    {
        var text = Read(Encoding.Latin1.GetBytes("[A]\nunit=µV\n"));
        Assert.Equal("µV", text.Value("A", "unit"));
        Assert.Equal((4, "\"µV\""), (text.Fault("A", "unit", "mV").Offset!.Value, text.Fault("A", "unit", "mV").Found));
        Assert.Null(text.Fault("A", "other", "mV").Offset);
        File.WriteAllBytes(folder["h.txt"], new byte[101]);
        Assert.Throws<MalformedFileException>(() => SectionedText.Read(folder["h.txt"], "header", 100));
    }

    [Fact]
    public void A_companion_is_found_beside_by_case_and_never_elsewhere()
    {
        File.WriteAllText(folder["Data.EEG"], "");
        Assert.Equal(folder["Data.EEG"], CompanionFile.Find(folder["h.txt"], "data.eeg", "name"));
        Assert.Null(CompanionFile.Find(folder["h.txt"], "other.eeg", "name"));
        Assert.All(
            (string[])["../Data.EEG", "/etc/passwd", @"..\x", "a/b", "..", "", "C:x", "a\0b"],
            n => Assert.Throws<MalformedFileException>(() => CompanionFile.Find(folder["h.txt"], n, "name")));
    }

    private SectionedText Read(byte[] bytes)
    {
        File.WriteAllBytes(folder["h.txt"], bytes);
        return SectionedText.Read(folder["h.txt"], "header", 100_000);
    }
}
