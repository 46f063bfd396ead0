using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;

namespace SignalLab.UiTests;

/// <summary>One cursor over tabs: a recording in one, an image in another.</summary>
public sealed class LinkedTests(Station station) : IClassFixture<Station>
{
    [Fact]
    public void A_click_on_a_trace_moves_the_frame_and_a_click_on_the_course_moves_the_cursor()
    {
        station.Open("eeg.edf");
        var image = OpenInAnotherTab("task_bold.nii.gz");
        station.Open("eeg.edf");
        station.Choose("page-length", "60");
        station.Painted();
        station.Drag(25, 25, 3);
        var time = station.Get<double>("return signallab.now.cursor");
        var traces = Go(image);
        var step = KnownStep();
        var frame = (int)Math.Floor(time / step) + 1;
        station.Until("return document.getElementById('slice-frame-words').textContent.startsWith(arguments[0])", $"{frame} of ");
        station.Shot("linked-image");
        Assert.Contains($"Frame {frame} is at", station.Text("note"), StringComparison.Ordinal);

        // The image began 8 s into the recording: frames and cursor follow that.
        station.Type("slice-begins", "8" + Keys.Tab);
        var course = station.Driver.FindElement(By.Id("slice-course"));
        new Actions(station.Driver).MoveToElement(course, 0, 0).Click().Perform();
        station.Until("return !document.getElementById('slice-frame-words').textContent.startsWith(arguments[0])", $"{frame} of ");
        var chosen = int.Parse(station.Text("slice-frame-words").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Go(traces);
        var expected = 8 + ((chosen - 1) * step);
        if (expected < 60)
        {
            station.Until("return Math.abs(signallab.now.cursor - arguments[0]) < 1e-9", expected);
        }
        else
        {
            station.Until("return document.getElementById('note').textContent.includes('outside')");
        }

        station.Drag(2, 2, 3);
        station.Until("return document.getElementById('note').textContent.includes('has no frame at')");
        Close(image, traces);
    }

    [Fact]
    public void A_click_on_a_measured_sensor_moves_the_cross_hair_there_and_the_label_under_it_has_its_name()
    {
        station.Open("dataset/sub-01/eeg/sub-01_task-rest_eeg.edf");
        var image = OpenInAnotherTab("../anat/sub-01_T1w.nii.gz");
        station.Key("t");
        station.Until("return !!signallab.map.map");
        ClickSensor("Cz");
        station.Until("return document.getElementById('note').textContent.startsWith('Cz lies at 3.0, -6.0, 60.0 mm (scanner)')");
        var traces = Go(image);

        // Voxels of 3 mm: the cross-hair lies on the one that holds the sensor.
        station.Until("return document.getElementById('slice-values').textContent.includes('mm')");
        var place = station.Text("slice-values");
        Assert.Matches(@"x (1\.5|4\.5|3\.0)\s+y -(4\.5|7\.5|6\.\d|5\.\d)\s+z (5[89]|6[01])\.", place);
        station.Choose("slice-overlay", "dataset/sub-01/anat/sub-01_dseg.nii");
        station.Until("return document.getElementById('slice-values').textContent.includes('tissue')");
        station.Shot("linked-label");
        Assert.Equal("", Axe.SeriousFaults(station));
        Close(image, traces);
    }

    [Fact]
    public void Where_sensor_and_image_share_no_frame_both_tabs_say_so_and_nothing_moves()
    {
        station.Open("eeg.edf");
        var image = OpenInAnotherTab("t1.nii.gz");
        station.Key("t");
        station.Until("return !!signallab.map.map");
        var traces = Go(image);
        station.Until("return document.getElementById('slice-values').textContent.includes('mm')");
        var before = station.Text("slice-values");
        Go(traces);
        ClickSensor("Cz");
        station.Until("return document.getElementById('note').textContent.includes('no measured place')");
        Go(image);
        Assert.Contains("no measured place", station.Text("note"), StringComparison.Ordinal);
        Assert.Equal(before, station.Text("slice-values"));
        Close(image, traces);
    }

    private double KnownStep() => SignalLab.Formats.KnownFormats.Open(Path.Combine(station.Data, "task_bold.nii.gz")).Maps[0].Axes[0].Values[1];

    private string OpenInAnotherTab(string file)
    {
        var (own, before) = (station.Driver.CurrentWindowHandle, station.Driver.WindowHandles.ToHashSet());
        station.Key("o");
        foreach (var part in file.Split('/')[..^1])
        {
            Entry(part + "/").Click();
        }

        new Actions(station.Driver).KeyDown(Keys.Control).Click(Entry(file.Split('/')[^1])).KeyUp(Keys.Control).Perform();
        string? opened = null;
        for (var trial = 0; opened is null && trial < 200; trial++)
        {
            opened = station.Driver.WindowHandles.FirstOrDefault(h => !before.Contains(h));
            Thread.Sleep(20);
        }

        Go(opened!);
        station.Until("return !!document.getElementById('slices')?.dataset.shown");
        Go(own);
        station.Async("signallab.openFile(signallab.view.file).then(done, done)");
        return opened!;
    }

    private IWebElement Entry(string name)
    {
        station.Until("return [...document.querySelectorAll('#files li button span:first-child')].some(s => s.textContent === arguments[0])", name);
        return station.Driver.FindElements(By.CssSelector("#files li button")).First(b => b.FindElement(By.TagName("span")).Text == name);
    }

    private void ClickSensor(string name)
    {
        var canvas = station.Driver.FindElement(By.Id("map-canvas"));
        station.Async("import('/topodraw.js').then(t => { const c = document.getElementById('map-canvas'); const m = signallab.map.map; const p = t.placeOf(c, m); const s = m.sensors.find(s => s.name === arguments[0]); window.spot = [p.x + s.x * p.scale - c.clientWidth / 2, p.y - s.y * p.scale - c.clientHeight / 2]; done(); })", name);
        new Actions(station.Driver).MoveToElement(canvas, station.Get<int>("return Math.round(spot[0])"), station.Get<int>("return Math.round(spot[1])")).Click().Perform();
    }

    // The tab that was left.
    private string Go(string tab)
    {
        var own = station.Driver.CurrentWindowHandle;
        station.Driver.SwitchTo().Window(tab);
        return own;
    }

    private void Close(string tab, string back)
    {
        Go(tab);
        station.Driver.Close();
        station.Driver.SwitchTo().Window(back);
    }
}
