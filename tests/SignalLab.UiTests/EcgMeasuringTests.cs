using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;

namespace SignalLab.UiTests;

/// <summary>Measuring an ECG as a cardiologist would.</summary>
public sealed class EcgMeasuringTests(Station station) : IClassFixture<Station>
{
    [Fact]
    public void Strips_of_the_sheet_go_into_the_report_selected_or_whole()
    {
        Bench("ecg12.hea");
        station.Until("return !!document.getElementById('ecg-sheet').dataset.shown");
        Select("ecg-sheet", 200, -25);
        Assert.StartsWith("Selected: II, ", station.Text("ecg-values"), StringComparison.Ordinal);
        station.Click("ecg-sheet-report");
        Assert.Contains("Selection", station.Text("note"), StringComparison.Ordinal);
        station.Choose("ecg-speed", "50");
        station.Click("ecg-sheet-report");
        Assert.Contains("(2 strips in it)", station.Text("note"), StringComparison.Ordinal);
        station.Click("ecg-report");
        Assert.Equal(2, station.Driver.FindElements(By.CssSelector("#report-items li")).Count);
        Write();
    }

    [Fact]
    public void Strips_around_a_finding_a_shape_and_a_beat_go_into_the_report()
    {
        Bench("strip.hea");
        station.Until("return !!document.getElementById('ecg-strip').dataset.shown");
        station.Driver.FindElement(By.CssSelector("#ecg-rhythm .ecg-to-report")).Click();
        station.Driver.FindElement(By.CssSelector("#ecg-templates .ecg-to-report")).Click();
        station.Driver.FindElement(By.Id("ecg-strip")).SendKeys(Keys.ArrowRight);
        station.Driver.FindElement(By.Id("ecg-strip")).SendKeys("r");
        Select("ecg-strip", 150, 0);
        Assert.StartsWith("Selected: ", station.Text("ecg-values"), StringComparison.Ordinal);
        station.Click("ecg-strip-report");
        station.Click("ecg-report");
        var items = station.Driver.FindElements(By.CssSelector("#report-items li")).Select(i => i.Text).ToArray();
        Assert.Equal(4, items.Length);
        Assert.Contains("Shape 1", items[1], StringComparison.Ordinal);
        Assert.Contains("Beat ", items[2], StringComparison.Ordinal);
        Assert.Contains("Selection", items[3], StringComparison.Ordinal);
        Write();

        // What was chosen belongs to its recording.
        station.Async("signallab.openFile('ecg12.hea').then(done, done)");
        Assert.Empty(station.Driver.FindElements(By.CssSelector("#report-items li")));
    }

    [Fact]
    public void Every_beat_is_in_a_list_of_which_one_class_can_be_chosen()
    {
        Bench("strip.hea");
        station.Until("return !!document.getElementById('ecg-strip').dataset.shown");
        var all = station.Get<int>("return Number(document.getElementById('ecg-beat-count').textContent)");
        Assert.InRange(station.Get<int>("return document.querySelectorAll('#ecg-beats .row').length"), 5, 60);
        Assert.True(all > 60, $"{all} beats");
        station.Driver.FindElement(By.Id("ecg-beats")).SendKeys(Keys.ArrowDown + Keys.ArrowDown);
        var chosen = station.Get<string>("return document.querySelector('#ecg-beats [aria-selected=true]').textContent");
        Assert.Contains("RR ", chosen, StringComparison.Ordinal);
        station.Until("return document.getElementById('ecg-strip-place').textContent.length > 0");
        station.Choose("ecg-beat-kind", "N");
        station.Until("return document.getElementById('ecg-beat-count').textContent.endsWith(arguments[0])", $" of {all}");
        Assert.True(station.Get<bool>("return [...document.querySelectorAll('#ecg-beats .row')].every(r => r.textContent.includes('  N  '))"));
    }

    [Fact]
    public void A_mark_moved_in_a_lead_counts_over_all_leads_and_one_set_by_hand_stays()
    {
        Bench("ecg12.hea");
        station.Click("ecg-tab-beat");
        var beat = station.Driver.FindElement(By.Id("ecg-beat"));
        var found = Value("ecg-qrs_off");

        // The same end in five leads, a little later than any: it is no outlier, as one alone is.
        var late = found + 20;
        for (var lead = 0; lead < 5; lead++)
        {
            station.Choose("ecg-lead", lead.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Enter("ecg-qrs_off", late);
            station.Until("return document.getElementById('ecg-qrs_off-origin').textContent === 'set by hand'");
            if (lead == 0)
            {
                Assert.EndsWith(", this lead left out", station.Text("ecg-qrs_off-common"), StringComparison.Ordinal);
            }
        }

        station.Until("return document.getElementById('ecg-qrs_off-common').textContent.endsWith(', from the leads, this lead')");
        station.Choose("ecg-lead", "-1");
        Assert.Equal("from the leads", station.Text("ecg-qrs_off-origin"));
        Assert.Equal(late, Value("ecg-qrs_off"), 0.11);

        // By hand over all leads: the leads no longer decide, until it is reset.
        beat.SendKeys("4");
        beat.SendKeys(Keys.ArrowLeft);
        station.Until("return document.getElementById('ecg-qrs_off-origin').textContent === 'set by hand'");
        station.Until("return [...document.querySelectorAll('.ecg-trail li')].length === 6");
        Assert.Equal(late - 2, Value("ecg-qrs_off"), 0.11);
        station.Choose("ecg-lead", "0");
        Enter("ecg-qrs_off", late + 10);
        station.Until("return [...document.querySelectorAll('.ecg-trail li')].length === 7");
        Assert.Contains("set by hand", station.Text("ecg-qrs_off-common"), StringComparison.Ordinal);
        station.Choose("ecg-lead", "-1");
        Assert.Equal(late - 2, Value("ecg-qrs_off"), 0.11);
        station.Click("ecg-qrs_off-back");
        station.Until("return document.getElementById('ecg-qrs_off-origin').textContent === 'from the leads'");
        Assert.Contains("as found", station.Driver.FindElement(By.CssSelector(".ecg-trail li:last-child")).Text, StringComparison.Ordinal);
        Assert.Empty(station.Faults());
    }

    [Fact]
    public void Own_norms_are_chosen_and_age_and_sex_told_where_the_file_does_not()
    {
        Bench("nobody.hea");
        const string row = "return document.querySelector(\"#ecg-measured [data-name='QRS duration']\").textContent";
        station.Until("return document.getElementById('ecg-not-judged').textContent.includes('The limits depend on')");
        Assert.DoesNotContain("high", station.Get<string>(row), StringComparison.Ordinal);
        station.Choose("ecg-sex", "F");
        station.Until(row + ".includes('▲ high')");
        Assert.Contains("those who came to the clinic", station.Text("ecg-sources"), StringComparison.Ordinal);
        Enter("ecg-age", 50);
        station.Until("return document.getElementById('ecg-changes').textContent.includes('subject sex F, age 50 y (by reader)')");
        station.Choose("ecg-norms", "AHA-ACCF-HRS-2009");
        station.Until("return !document.getElementById('ecg-sources').textContent.includes('clinic')");
        station.Choose("ecg-norms", "");
        station.Until(row + ".includes('▲ high')");
        Assert.Equal("", Axe.SeriousFaults(station));
        Assert.Empty(station.Faults());
    }

    private void Bench(string file)
    {
        station.Open(file);
        station.Click("open-ecg");
        station.Until("return !!document.getElementById('ecg')?.dataset.opened");
    }

    // Drags across a part of a canvas: to the right from its middle, at a height from its bottom where that is given.
    private void Select(string id, int width, int fromBottom)
    {
        var place = station.Driver.FindElement(By.Id(id));
        var down = fromBottom == 0 ? 0 : (place.Size.Height / 2) + fromBottom - 30;
        new Actions(station.Driver).MoveToElement(place, 0, down).ClickAndHold().MoveByOffset(width / 2, 4).MoveByOffset(width / 2, 4).Release().Perform();
    }

    private double Value(string id) => station.Get<double>("return Number(document.getElementById(arguments[0]).value)", id);

    private void Enter(string id, double value)
    {
        station.Driver.FindElement(By.Id(id)).SendKeys(Keys.Control + "a" + Keys.Null + value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + Keys.Enter);
    }

    private void Write()
    {
        station.Get<object>("delete document.getElementById('report-panel').dataset.bytes; return 1");
        station.Click("report-write");
        station.Until("return Number(document.getElementById('report-panel').dataset.bytes) > 5000");
        Assert.Empty(station.Faults());
    }
}
