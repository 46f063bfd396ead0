using System.Globalization;
using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;

namespace SignalLab.UiTests;

/// <summary>Grids of topographic maps over latencies and bands, as a person would use them.</summary>
public sealed class MapGridTests(Station station) : IClassFixture<Station>
{
    [Fact]
    public void A_grid_about_the_cursor_has_a_map_a_latency_in_one_scale_and_a_click_on_a_map_goes_to_its_time()
    {
        OpenGrid();
        Assert.Equal(11, station.Get<int>("return signallab.map.grid.maps.length"));
        Assert.Equal("−100 ms", station.Get<string>("return signallab.map.grid.maps[0].title"));
        station.Shot("grid-cursor");

        // The map at latency 0 is the map at the cursor: the same values at the same sensors.
        Assert.True(station.Get<bool>("const [a, b] = [signallab.map.grid.maps[5].sensors, signallab.map.map.sensors]; return a.length > 10 && a.every((s, i) => s.name === b[i].name && s.value === b[i].value)"));
        Click(8);
        station.Until("return signallab.map.map.title === '4.06 s'");
        Assert.Equal(4.06, station.Get<double>("return signallab.now.cursor"), 1e-9);
        Assert.Equal(4, station.Get<double>("return signallab.map.grid.about"), 0.01);
        station.Driver.FindElement(By.Id("grid-canvas")).SendKeys(Keys.ArrowLeft);
        station.Until("return signallab.now.cursor < 4.05");
        Assert.Equal("40 ms", station.Get<string>("return document.getElementById('grid-canvas').getAttribute('aria-valuetext')"));

        // A sensor under the pointer says its value and at which latency.
        var (x, y) = (station.Get<double>("const g = signallab.map.grid; const p = g.placeOf(3); const s = g.maps[3].sensors.find(s => s.name.includes('Cz')); return p.x + s.x * p.scale"), station.Get<double>("const g = signallab.map.grid; const p = g.placeOf(3); const s = g.maps[3].sensors.find(s => s.name.includes('Cz')); return p.y - s.y * p.scale"));
        Hover(x, y);
        Assert.Matches("^.*Cz.*: .* µV \\(−40 ms\\)$", station.Text("grid-value"));
    }

    [Fact]
    public void A_step_of_one_s_own_bands_and_the_average_fill_the_grid_and_picture_and_numbers_are_of_what_is_shown()
    {
        OpenGrid();
        station.Type("grid-step", "50" + Keys.Tab);
        station.Until("return signallab.map.grid.maps.length === 5");
        var numbers = Fetched("grid-csv");
        Assert.StartsWith("name,x_m,y_m,−100 ms (", numbers, StringComparison.Ordinal);
        var first = numbers.Split('\n')[1].Split(',');
        Assert.Equal(station.Get<double>("return signallab.map.grid.maps[4].sensors[0].value"), double.Parse(first[7], CultureInfo.InvariantCulture));
        Assert.Equal(8, first.Length);
        station.Type("grid-step", "0" + Keys.Tab);
        station.Until("return document.getElementById('grid-value').textContent.includes('step')");
        station.Type("grid-step", "1" + Keys.Tab);
        station.Until("return document.getElementById('grid-value').textContent.includes('more than 64')");

        station.Choose("grid-over", "bands");
        station.Until("return signallab.map.grid.maps.length === 5 && signallab.map.grid.maps[2].title.startsWith('alpha')");
        station.Shot("grid-bands");
        Assert.Contains("alpha 8–13 Hz", Fetched("grid-csv"), StringComparison.Ordinal);
        Click(2);
        station.Until("return document.getElementById('map-time').textContent === 'alpha power'");

        station.Choose("grid-over", "average");
        station.Until("return document.getElementById('grid-value').textContent.includes('make one first')");
        station.Driver.FindElement(By.Id("stage")).Click();
        station.Key("u");
        station.Choose("average-event", "spike T7");
        station.Click("average-make");
        station.Until("return signallab.map.grid.maps.some(m => m.title === '800 ms')");
        Click(3);
        station.Until("return document.getElementById('average-line').textContent === '100 ms'");
        station.Key("d");
        station.Shot("grid-average-dark");
        Assert.Equal("", Axe.SeriousFaults(station));
        Assert.Empty(station.Faults());
        Assert.True(station.Get<bool>("const b = atob(arguments[0]); return b.startsWith('\\x89PNG') && b.length > 20000", Convert.ToBase64String(station.Bytes("grid-png"))));
    }

    private void OpenGrid()
    {
        station.Open("eeg.edf");
        station.Drag(4, 4);
        station.Async("signallab.now.cursor = 4; done()");
        station.Key("t");
        station.Click("map-grid");
        station.Until("return !!document.getElementById('grid').dataset.shown && !!signallab.map.map");
        station.Painted();
    }

    private void Click(int map)
    {
        var (x, y) = (station.Get<double>("return signallab.map.grid.cornerOf(arguments[0])[0] + 12", map), station.Get<double>("return signallab.map.grid.cornerOf(arguments[0])[1] + 9", map));
        At(x, y).Click().Perform();
    }

    private void Hover(double x, double y) => At(x, y).Perform();

    private Actions At(double x, double y)
    {
        var canvas = station.Driver.FindElement(By.Id("grid-canvas"));
        station.Driver.ExecuteScript("arguments[0].scrollIntoView({ block: 'center' })", canvas);
        return new Actions(station.Driver).MoveToElement(canvas, (int)Math.Round(x - (canvas.Size.Width / 2.0)), (int)Math.Round(y - (canvas.Size.Height / 2.0)));
    }

    private string Fetched(string link) => System.Text.Encoding.UTF8.GetString(station.Bytes(link));
}
