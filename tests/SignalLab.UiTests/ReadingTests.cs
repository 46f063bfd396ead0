using System.Globalization;
using OpenQA.Selenium;

namespace SignalLab.UiTests;

/// <summary>Reading an EEG as a person would.</summary>
public sealed class ReadingTests(Station station) : IClassFixture<Station>
{
    [Fact]
    public void Pages_turn_by_key_by_second_to_the_ends_and_to_a_time_of_day()
    {
        station.Open("night.edf");
        station.Key(Keys.PageDown);
        station.Painted();
        Assert.Equal(10, station.From);
        station.Key(Keys.ArrowRight, Keys.ArrowRight);
        station.Painted();
        Assert.Equal(12, station.From);
        station.Key(Keys.PageUp, Keys.ArrowLeft);
        station.Painted();
        Assert.Equal(1, station.From);
        station.Key(Keys.End);
        station.Painted();
        Assert.Equal(1190, station.From);
        station.Key(Keys.Home);
        station.Painted();
        Assert.Equal(0, station.From);
        station.Key("g");
        station.Answer("23:10:05");
        station.Painted();
        Assert.Equal(605, station.From);
        Assert.Contains("0:10:05", station.Text("place"), StringComparison.Ordinal);
        station.Key("g");
        station.Answer("22:00");
        Assert.Contains("outside", station.Text("note"), StringComparison.Ordinal);
        station.Key("]");
        station.Painted();
        Assert.Equal(15, station.Get<double>("return signallab.view.seconds"));
        station.Choose("page-length", "300");
        station.Painted();
        station.Key("[");
        station.Painted();
        Assert.Equal(120, station.Get<double>("return signallab.view.seconds"));
    }

    [Fact]
    public void The_page_turns_by_itself_and_stops()
    {
        station.Open("night.edf");
        station.Choose("speed", "16");
        station.Key(" ");
        station.Until("return signallab.view.from > 5");
        station.Key(" ");
        station.Painted();
        var stopped = station.From;
        Thread.Sleep(300);
        Assert.Equal(stopped, station.From);
    }

    [Fact]
    public void The_overview_is_computed_and_navigates()
    {
        station.Open("night.edf");
        station.Until("return signallab.strip.data !== null");
        foreach (var kind in new[] { "aeeg", "rms", "ratio", "asymmetry", "heart", "hypnogram", "spectrogram" })
        {
            station.Choose("overview-kind", kind);
        }

        station.Click("overview");
        station.Painted();
        Assert.InRange(station.From, 550, 650);
    }

    [Fact]
    public void A_millimetre_on_the_screen_is_a_millimetre_and_a_sensitivity_is_true()
    {
        station.Open("eeg.edf");
        station.Click("calibrate");
        station.Answer("80");
        Assert.Equal(5, station.Get<double>("return signallab.desk.pxPerMm"));
        station.Choose("sensitivity", "10");

        // A hundred microvolts are ten millimetres, fifty pixels: the trace of a square wave is measured in the pixels themselves.
        var span = station.Get<double>("""
            const lane = { y: 300, scale: signallab.traces.lanes[0].scale, offset: 0, colour: [0, 0, 0] };
            return Math.abs(lane.scale * 100);
            """);
        Assert.Equal(50, span, 1e-9);
        station.Async("""
            import('/raster.js').then(raster => {
              const values = Float32Array.from({ length: 200 }, (_, i) => i < 100 ? 0 : 100);
              const tile = (first, count) => ({ values, rows: [{ extremes: false, stretches: [{ onset: 0.005 * first, step: 0.005, count, at: first }] }] });
              const drawn = tiles => {
                const pixels = new Uint8ClampedArray(4 * 200 * 400);
                raster.drawPages(tiles, { from: 0, seconds: 1, width: 200, height: 400, left: 0, right: 200, thickness: 1, lanes: [{ y: 200, scale: signallab.traces.lanes[0].scale, offset: 0, colour: [1, 2, 3] }] }, pixels);
                return pixels;
              };
              const pixels = drawn([tile(0, 200)]);
              const row = column => { let [sum, weight] = [0, 0]; for (let y = 0; y < 400; y++) { const a = pixels[4 * (y * 200 + column) + 3]; sum += a * (y + 0.5); weight += a; } return sum / weight; };
              window.measured = row(150) - row(50);
              const crossing = [[200, [9, 9, 9]], [200, [1, 2, 3]]].map(([y, colour]) => ({ y, scale: 0, offset: 0, colour }));
              const above = new Uint8ClampedArray(4 * 200 * 400);
              raster.drawPages([{ values, rows: [tile(0, 200).rows[0], tile(0, 200).rows[0]] }], { from: 0, seconds: 1, width: 200, height: 400, left: 0, right: 200, thickness: 2, above: 1, lanes: crossing }, above);
              window.isAbove = above[4 * (200 * 200 + 50)] === 1;
              window.asOne = drawn([tile(0, 101), tile(99, 101)]).every((v, i) => v === pixels[i]);
              done();
            });
            """);
        Assert.True(station.Get<bool>("return window.asOne"), "two tiles are not drawn as one page");
        Assert.True(station.Get<bool>("return window.isAbove"), "the chosen trace does not lie above the others");
        Assert.Equal(50, Math.Abs(station.Get<double>("return window.measured")), 0.01);
    }

    [Fact]
    public void Sensitivity_filters_and_montage_change_at_a_key_and_the_cursor_reads_what_is_stored()
    {
        station.Open("eeg.edf");
        var before = station.Get<double>("return signallab.view.sensitivity");
        station.Key("+");
        Assert.True(station.Get<double>("return signallab.view.sensitivity") < before);
        station.Key("-", "-");
        Assert.True(station.Get<double>("return signallab.view.sensitivity") > before);
        station.Key(Keys.F2);
        station.Until("return signallab.now.recording.channels[0].label.includes('-')");
        station.Painted();
        station.Key(Keys.F4);
        station.Until("return signallab.view.montage === 'average'");
        station.Key(Keys.F1);
        station.Until("return signallab.view.montage === '' && !signallab.now.recording.channels[0].label.includes('-')");
        station.Choose("low", "");
        station.Choose("high", "");
        station.Choose("notch", "50");
        station.Choose("notch", "");
        station.Painted();
        station.Drag(4, 4, 2);
        station.Until("return document.getElementById('values').textContent.includes('V')");
        var recording = SignalLab.Formats.Recordings.Open(Path.Combine(station.Data, "eeg.edf"));
        var (row, time) = (station.Get<int>("return signallab.now.row"), station.Get<double>("return signallab.now.cursor"));
        Assert.Equal(
            recording.ReadAll(row)[(int)Math.Round(time * recording.Channels[row].RateHz)],
            double.Parse(station.Get<string>("return document.getElementById('values').dataset.value"), NumberStyles.Float, CultureInfo.InvariantCulture),
            1e-9);
        station.Drag(4, 6, 2, 40);
        Assert.Contains("1/Δt", station.Text("values"), StringComparison.Ordinal);
        station.Key("v", "b");
        Assert.True(station.Get<bool>("return signallab.view.butterfly"));
        station.Key(Keys.ArrowDown);
        Assert.True(station.Get<bool>("const { lanes } = signallab.traces; return lanes.filter(l => l.colour === '--accent').length === 1 && lanes.find(l => l.colour === '--accent').index === signallab.now.row"));
        station.Key("b", Keys.Escape);
    }

    [Fact]
    public void Annotations_are_made_by_key_by_drag_and_by_text_changed_searched_undone_and_kept()
    {
        station.Open("eeg.edf");
        station.Key("m");
        var own = station.Get<int>("return signallab.marks.all.length");
        station.Drag(2, 3, 1);
        station.Key("1");
        station.Until("return signallab.marks.all.length === arguments[0]", own + 1);
        Assert.Equal("Spike", station.Get<string>("return signallab.marks.selected.text"));
        Assert.Equal(2, station.Get<double>("return signallab.marks.selected.onset"), 0.02);
        Assert.Equal(1, station.Get<double>("return signallab.marks.selected.duration"), 0.03);
        station.Drag(5, 5, 1);
        station.Key("a");
        station.Answer("a blink");
        station.Until("return signallab.marks.all.some(m => m.text === 'a blink')");
        station.Type("mark-text", "odd wave");
        station.Click("mark-on-channel");
        station.Click("mark-add");
        station.Until("return signallab.marks.all.some(m => m.text === 'odd wave' && m.channel)");
        station.Click("mark-edit");
        station.Answer("odder wave", "6.5", "0.2", "");
        station.Until("return signallab.marks.all.some(m => m.text === 'odder wave' && m.onset === 6.5 && !m.channel && m.by === 'reader' && m.origin === 'person')");
        station.Type("mark-search", "odder");
        Assert.Equal(1, station.Get<int>("return signallab.marks.found.length"));
        station.Type("mark-search", "x");
        station.Driver.FindElement(By.Id("mark-search")).SendKeys(Keys.Backspace + Keys.Escape);
        station.Click("undo");
        station.Until("return signallab.marks.all.some(m => m.text === 'odd wave')");
        station.Driver.FindElement(By.Id("stage")).Click();
        station.Chord(Keys.Control, "z");
        station.Until("return !signallab.marks.all.some(m => m.text === 'odd wave')");
        station.Chord(Keys.Control, "y");
        station.Until("return signallab.marks.all.some(m => m.text === 'odd wave')");
        station.Key(Keys.Home, "n");
        var count = station.Get<int>("return signallab.marks.all.length") - 1;
        station.Key(Keys.Delete);
        station.Until("return signallab.marks.all.length === arguments[0]", count);
        station.Open("eeg.edf");
        Assert.Equal(count, station.Get<int>("return signallab.marks.all.length"));
    }

    [Fact]
    public void Ten_thousand_annotations_scroll_and_pages_still_turn()
    {
        station.Open("night.edf");
        station.Async("signallab.marks.do({ add: Array.from({ length: 10000 }, (_, i) => ({ onset: i * 0.12, duration: 0.01, text: `event ${i % 50}`, channel: null, origin: 'algorithm', by: 'Test 1', made: '' })) }).then(done)");
        station.Key("m");
        station.Until("return signallab.marks.all.length >= 10000");
        station.Key(Keys.PageDown, Keys.PageDown);
        station.Painted();
        Assert.InRange(station.Get<int>("return document.querySelectorAll('#mark-list .row').length"), 5, 60);
        station.Key("/");
        station.Type("mark-search", "event 7");
        Assert.Equal(200, station.Get<int>("return signallab.marks.found.filter(m => m.text === 'event 7').length"));
        station.Type("mark-search", " ");
        station.Driver.FindElement(By.Id("stage")).Click();
        station.Chord(Keys.Control, "z");
        station.Until("return signallab.marks.all.length < 10000");
    }

    [Fact]
    public void Map_spectrum_and_average_follow_the_cursor()
    {
        station.Open("eeg.edf");
        station.Drag(4, 4);
        station.Key("t");
        station.Until("return !!document.getElementById('map-panel')?.dataset.shown && signallab.map.map.sensors.length > 10");
        station.Choose("map-what", "alpha");
        station.Until("return document.getElementById('map-time').textContent.startsWith('alpha')");

        // The simulated alpha rhythm is strongest at the back.
        Assert.True(station.Get<bool>("const s = [...signallab.map.map.sensors].sort((a, b) => b.value - a.value)[0]; return s.y < 0"));
        station.Click("map-animate");
        Thread.Sleep(300);
        station.Click("map-animate");
        station.Key("s");
        station.Until("return document.getElementById('spectrum-bands').childElementCount >= 4");
        station.Key("u");
        station.Choose("average-event", "spike T7");
        station.Click("average-make");
        station.Until("return Number(document.getElementById('average-panel').dataset.nave) > 1");
        station.Driver.FindElement(By.Id("average-canvas")).SendKeys(Keys.ArrowRight);
        Assert.Contains("ms", station.Text("average-line"), StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_are_hidden_marked_bad_filtered_and_a_montage_of_one_s_own_is_kept()
    {
        station.Open("eeg.edf");
        station.Key("c");
        var rows = station.Get<int>("return signallab.traces.lanes.length");
        station.ClickNamed("show ");
        station.Until("return signallab.traces.lanes.length === arguments[0]", rows - 1);
        station.Click("channels-all");
        station.Until("return signallab.traces.lanes.length === arguments[0]", rows);
        station.ClickNamed("bad ");
        station.Until("return signallab.now.recording.channels[0].bad");
        station.ClickNamed("filters of ");
        station.Answer("5", "20", "");
        station.Until("return signallab.view.own.endsWith('=5:20:')");
        var (a, b) = (station.Get<string>("return signallab.now.recording.channels[1].label"), station.Get<string>("return signallab.now.recording.channels[2].label"));
        station.Click("montage-new");
        station.Answer("mine", $"{a}-{b}");
        station.Until("return signallab.view.montage === 'own:mine' && signallab.now.recording.channels[0].label.includes('-')");
        station.Click("montage-remove");
        station.Until("return signallab.view.montage === ''");
    }

    [Fact]
    public void A_night_is_staged_by_keys_and_its_numbers_are_right()
    {
        station.Open("night.edf");
        station.Key("z");
        station.Painted();
        foreach (var key in "W11223RR")
        {
            var from = station.From;
            station.Key(key.ToString().ToLowerInvariant());
            station.Until("return signallab.view.from === arguments[0]", from + 30);
        }

        station.Until("return signallab.marks.all.filter(m => m.text.startsWith('Sleep stage')).length === 8");
        station.Choose("overview-kind", "hypnogram");
        station.Click("sleep-report");
        station.Until("return document.getElementById('sleep-numbers').textContent.includes('3.5 min')");
        Assert.Contains("87.5 %", station.Text("sleep-numbers"), StringComparison.Ordinal);
        station.Click("sleep-next");
        station.Painted();
        Assert.Equal(240, station.From);
    }

    [Fact]
    public void A_report_is_written_of_findings_and_chosen_pages()
    {
        station.Open("eeg.edf");
        station.Key("f");
        station.Choose("report-template", "Normal EEG");
        station.Click("report-page");
        station.Drag(3, 3);
        station.Click("report-map");
        Assert.Equal(2, station.Get<int>("return document.getElementById('report-items').childElementCount"));
        station.Click("report-write");
        station.Until("return Number(document.getElementById('report-panel').dataset.bytes) > 5000");
    }

    [Fact]
    public void Gaps_are_drawn_with_their_length_and_bookmarks_are_found_again()
    {
        station.Open("eeg-gaps.edf");
        station.Choose("page-length", "60");
        station.Painted();
        Assert.True(station.Get<bool>("return signallab.now.recording.segments.length > 1"));
        station.Drag(2, 2);
        station.Key("k");
        Assert.Contains("Bookmark", station.Text("note"), StringComparison.Ordinal);
        station.Key("j");
    }

    [Fact]
    public void An_error_in_a_file_is_one_line_and_the_files_can_be_chosen()
    {
        station.Open("eeg.edf");
        station.Key("o");
        station.Until("return document.querySelectorAll('#files li button').length > 3");
        station.Driver.FindElements(By.CssSelector("#files li button")).First(b => b.Text.StartsWith("broken.edf", StringComparison.Ordinal)).Click();
        station.Until("return document.getElementById('note').textContent.includes('broken.edf')");
        station.Driver.FindElements(By.CssSelector("#files li button")).First(b => b.Text.StartsWith("night.edf", StringComparison.Ordinal)).Click();
        station.Until("return document.getElementById('title').textContent === 'night.edf'");
    }

    [Fact]
    public void The_session_is_there_again_after_a_reload()
    {
        station.Open("night.edf");
        station.Key(Keys.PageDown, Keys.PageDown, "-");
        station.Painted();
        var (from, sensitivity) = (station.From, station.Get<double>("return signallab.view.sensitivity"));
        Thread.Sleep(800);
        station.Driver.Navigate().Refresh();
        station.Until("return !!window.signallab && !!signallab.traces.stage.dataset.painted");
        Assert.Equal((from, sensitivity), (station.From, station.Get<double>("return signallab.view.sensitivity")));
    }

    [Fact]
    public void Keys_are_listed_and_light_and_dark_can_be_chosen()
    {
        station.Open("eeg.edf");
        station.Key("?");
        station.Until("return document.querySelectorAll('dialog[open] kbd').length > 30");
        station.Key(Keys.Escape);
        station.Until("return !document.querySelector('dialog[open]')");
        station.Key("d");
        Assert.Equal("dark", station.Get<string>("return document.documentElement.dataset.theme"));
        station.Key("d");
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void No_serious_fault_of_accessibility_is_found_and_the_console_is_quiet(string theme)
    {
        station.Open("eeg.edf");
        station.Key("m", "t", "s", "c", "u", "f", "z");
        if (theme == "dark")
        {
            station.Key("d");
        }

        station.Until("return document.querySelectorAll('#side > section').length === 7 && !!document.getElementById('map-panel').dataset.shown");
        Assert.Equal("", Axe.SeriousFaults(station));
        Assert.Empty(station.Faults());
    }
}
