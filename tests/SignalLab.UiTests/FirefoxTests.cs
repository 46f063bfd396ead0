using SignalLab.Review.Serving;

namespace SignalLab.UiTests;

/// <summary>The reading station in Firefox, used as a person would. Skips where there is none.</summary>
public sealed class FirefoxTests
{
    private const string PageDown = "\uE00F";

    [Fact]
    public async Task Pages_annotations_maps_an_ECG_and_slices_work_in_Firefox_and_its_console_is_quiet()
    {
        var program = Station.Find("firefox-esr", "firefox");
        Assert.SkipWhen(program is null, "firefox-esr is not installed");
        var scratch = Directory.CreateTempSubdirectory("signallab-ui-");
        var data = scratch.CreateSubdirectory("data").FullName;
        foreach (var file in new[] { "eeg.edf", "ecg12.hea", "ecg12.dat", "t1.nii.gz" })
        {
            File.Copy(Path.Combine(Station.RepositoryRoot, "recordings", file), Path.Combine(data, file));
        }

        await using (var server = await ReviewServer.Start(new(data) { CacheFolder = Path.Combine(scratch.FullName, "cache") }, TestContext.Current.CancellationToken))
        {
            using var firefox = new Firefox(program!);
            firefox.Go(server.Address);
            firefox.Until("return !!window.signallab");
            Read(firefox);
            Look(firefox);
            Measure(firefox);
            Slice(firefox);
            Assert.Empty(firefox.Faults());

            // The list is no empty promise: an error is found in it.
            firefox.Run("setTimeout(() => { throw new Error('thrown on purpose') }); console.error('written on purpose')");
            firefox.Until("return true");
            Assert.Contains(firefox.Faults(), f => f.Contains("on purpose", StringComparison.Ordinal));
        }

        scratch.Delete(recursive: true);
    }

    private static void Read(Firefox firefox)
    {
        Open(firefox, "eeg.edf");
        firefox.Key(PageDown);
        firefox.Until("return signallab.traces.stage.dataset.painted === '10 10'");
        firefox.Key("\uE00E");
        firefox.Until("return signallab.traces.stage.dataset.painted === '0 10'");
        var place = firefox.Run("const b = signallab.traces.stage.getBoundingClientRect(); return [b.left + signallab.traces.xOf(2), b.left + signallab.traces.xOf(3), b.top + signallab.traces.lanes[4].y].map(Math.round)")!;
        firefox.Drag(place[0]!.GetValue<int>(), place[2]!.GetValue<int>(), place[1]!.GetValue<int>(), place[2]!.GetValue<int>());
        firefox.Key("1");
        firefox.Until("return signallab.marks.all.some(m => m.text === 'Spike' && Math.abs(m.onset - 2) < 0.02 && Math.abs(m.duration - 1) < 0.03)");
        firefox.Key("m");
        firefox.Until("return document.querySelectorAll('#mark-list .row').length > 1");
        Shot(firefox, "annotations");
        firefox.Key("m");
        foreach (var (key, montage) in new[] { ("\uE032", "banana"), ("\uE037", "circumferential"), ("\uE031", "") })
        {
            firefox.Key(key);
            firefox.Until("return signallab.view.montage === arguments[0] && signallab.now.recording.channels[0].label.includes('-') === (arguments[0] !== '')", montage);
        }

        firefox.Key("/");
        firefox.Until("return document.activeElement.id === 'mark-search'");
        firefox.Key("\uE00C");
        firefox.Click("stage");
        firefox.Key("m");
        Shot(firefox, "traces");
    }

    private static void Look(Firefox firefox)
    {
        firefox.Key("t");
        firefox.Until("return !!document.getElementById('map-panel')?.dataset.shown && signallab.map.map.sensors.length > 10");
        firefox.Click("map-grid");
        firefox.Until("return !!document.getElementById('grid').dataset.shown && signallab.map.grid.maps.length === 11");
        firefox.Key("d");
        Shot(firefox, "map-dark");
        firefox.Key("d");
        firefox.Key("s");
        firefox.Until("return document.getElementById('spectrum-bands').childElementCount >= 4");
        Shot(firefox, "spectrum");
        firefox.Key("t");
        firefox.Key("s");
    }

    private static void Measure(Firefox firefox)
    {
        Open(firefox, "ecg12.hea");
        firefox.Click("open-ecg");
        firefox.Until("return document.querySelectorAll('.ecg canvas').length > 0 && document.querySelectorAll('.ecg table tr').length > 5");
        Shot(firefox, "ecg");
        Assert.Matches("[0-9]\\s+ms", firefox.Run("return document.querySelector('.ecg').innerText")!.GetValue<string>());
    }

    private static void Slice(Firefox firefox)
    {
        firefox.Run("signallab.openFile('t1.nii.gz')");
        firefox.Until("return !!document.getElementById('slices')?.dataset.shown && document.getElementById('slice-values').textContent.includes('mm')");
        Shot(firefox, "slices");
    }

    private static void Open(Firefox firefox, string file)
    {
        firefox.Run("signallab.traces.stage.dataset.painted = ''; signallab.openFile(arguments[0])", file);
        firefox.Until("return !document.getElementById('reader').hidden && document.getElementById('title').textContent === arguments[0] && !!signallab.traces.stage.dataset.painted", file);
    }

    private static void Shot(Firefox firefox, string name)
    {
        var picture = firefox.Picture();
        Assert.True(picture.Length > 10_000, $"{name}: an empty page");
        if (Environment.GetEnvironmentVariable("SIGNALLAB_SHOTS") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, $"firefox-{name}.png"), picture);
        }
    }
}
