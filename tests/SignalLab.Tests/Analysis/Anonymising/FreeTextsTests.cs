using SignalLab.Analysis.Anonymising;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Anonymising;

public sealed class FreeTextsTests
{
    private static readonly Subject Erika = new("PAT-778899") { Name = "Erika Müller-Lind" };

    [Theory]
    [InlineData("Sleep stage W")]
    [InlineData("Sleep stage ?")]
    [InlineData("Lights off@@EEG F4-A1")]
    [InlineData("Recording starts")]
    [InlineData("Stimulus/S  1")]
    [InlineData("New Segment/")]
    [InlineData("boundary")]
    [InlineData("auditory/left")]
    [InlineData("BAD_ACQ_SKIP")]
    [InlineData("+ (AFIB")]
    [InlineData("N")]
    [InlineData("~")]
    [InlineData("768")]
    [InlineData("0x0300")]
    [InlineData("12.5")]
    [InlineData("12:34:56.123")]
    [InlineData("MDC_ECG_WAVC MDC_ECG_WAVC_PWAVE")]
    [InlineData("QT Interval 368 ms")]
    [InlineData("RITMO SINUSALE")]
    [InlineData("Hyperventilation start")]
    [InlineData("seizure onset left temporal")]
    public void Names_of_events_are_told(string text) => Assert.Equal(text, new FreeTexts(Erika).Clean(text));

    [Theory]
    [InlineData("Erika moves")]
    [InlineData("ERIKA")]
    [InlineData("start muller")]
    [InlineData("Frau Kowalski called")]
    [InlineData("start 12.03.2014")]
    [InlineData("start 2014-03-12")]
    [InlineData("start 12 Mar 2014")]
    [InlineData("555 123 4567")]
    [InlineData("555-123-4567")]
    [InlineData("19610812")]
    [InlineData("S 778899")]
    [InlineData("pat778899")]
    [InlineData("Lindenhof")]
    [InlineData("AB1234")]
    public void What_somebody_typed_is_a_numbered_note(string text) => Assert.Equal("note 1", new FreeTexts(Erika).Clean(text));

    [Fact]
    public void Equal_notes_stay_equal_and_different_ones_different()
    {
        var texts = new FreeTexts(Erika);
        Assert.Equal(["note 1", "note 2", "note 1", "spike", "note 3"], new[] { "Zielreiz", "Maria lacht", "Zielreiz", "spike", "maria lacht" }.Select(texts.Clean));
    }

    [Theory]
    [InlineData("Zielreiz", "Zielreiz")]
    [InlineData("Erika moves, Dr. Lind comes", "X moves, Dr. X comes")]
    [InlineData("born 12.08.1961, phone 555 123 4567", "born X, phone X")]
    [InlineData("MUELLER, MÜLLER, Muller", "X, X, X")]
    [InlineData("E r i k a", "X")]
    public void Texts_that_are_kept_still_name_nobody(string text, string told) => Assert.Equal(told, new FreeTexts(Erika, keepsUnknown: true).Clean(text));

    [Fact]
    public void A_word_of_the_subjects_name_is_no_known_word()
    {
        Assert.True(new FreeTexts(new("1")).IsKnown("Rest"));
        Assert.False(new FreeTexts(new() { Name = "Rest, Anna" }).IsKnown("Rest"));
    }

    [Fact]
    public void Every_known_word_is_one_word_in_small_letters()
    {
        using var stream = typeof(FreeTexts).Assembly.GetManifestResourceStream("SignalLab.Analysis.Anonymising.known-words.tsv")!;
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToArray();
        Assert.All(rows, r => Assert.True(r.Length == 3 && r[1].Length > 0, r[0]));
        Assert.All(rows.SelectMany(r => r[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)), w => Assert.Matches("^[a-z0-9]+$", w));
    }
}
