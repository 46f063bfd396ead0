using System.Globalization;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;
using SignalLab.Review.Serving;

namespace SignalLab.UiTests;

/// <summary>The reviewer in a headless browser, used as a person would: by keys, clicks and drags. Skips where there is no Chromium.</summary>
public sealed class Station : IAsyncLifetime
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("signallab-ui-");
    private ReviewServer server = null!;
    private ChromeDriver? driver;

    public static string RepositoryRoot { get; } = FindRoot();

    public string Data => Path.Combine(scratch.FullName, "data");

    public string Downloads => Path.Combine(scratch.FullName, "downloads");


    public ChromeDriver Driver
    {
        get
        {
            Assert.SkipWhen(driver is null, "chromium and chromedriver are not installed");
            return driver!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Downloads);
        foreach (var file in new[] { "eeg.edf", "eeg-gaps.edf", "ecg12.hea", "ecg12.dat", "strip.hea", "strip.dat", "strip.atr", "t1.nii.gz", "task_bold.nii.gz" })
        {
            File.Copy(Path.Combine(RepositoryRoot, "recordings", file), Path.Combine(Data, file));
        }

        Recordings.WriteNight(Path.Combine(Data, "night.edf"));
        Recordings.WriteSubject(Path.Combine(Data, "dataset"), Path.Combine(Data, "eeg.edf"), Path.Combine(Data, "t1.nii.gz"));
        await File.WriteAllTextAsync(Path.Combine(Data, "broken.edf"), "0       not a header");
        Recordings.WriteNobody(Path.Combine(RepositoryRoot, "recordings", "ecg12"), Path.Combine(Data, "nobody"));
        server = await ReviewServer.Start(new(Data) { CacheFolder = Path.Combine(scratch.FullName, "cache"), OwnNorms = Recordings.OwnNorms });
        driver = Start();
        driver?.Navigate().GoToUrl(server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        driver?.Quit();
        driver?.Dispose();
        await server.DisposeAsync();
        scratch.Delete(recursive: true);
    }

    /// <summary>Begins anew with a file: what was kept of the session is thrown away.</summary>
    public void Open(string file)
    {
        Driver.Navigate().Refresh();
        Until("return !!window.signallab");
        Async("Object.assign(signallab.desk, { views: {}, bookmarks: {}, montages: [], theme: 'light', pxPerMm: null }); document.querySelectorAll('dialog[open]').forEach(d => d.close()); signallab.openFile(arguments[0]).then(done, done)", file);
        Until("return !document.getElementById('reader').hidden && !!signallab.traces.stage.dataset.painted");
    }

    public T Get<T>(string script, params object[] arguments)
    {
        var value = Driver.ExecuteScript(script, arguments);
        return (T)(typeof(T) == typeof(double) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : typeof(T) == typeof(int) ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : value!);
    }

    public void Async(string script, params object[] arguments)
    {
        Driver.Manage().Timeouts().AsynchronousJavaScript = TimeSpan.FromSeconds(60);
        Driver.ExecuteAsyncScript("const done = arguments[arguments.length - 1]; " + script, arguments);
    }

    /// <summary>Waits until a script gives true.</summary>
    public void Until(string script, params object[] arguments)
    {
        var until = Environment.TickCount64 + 60_000;
        while (Driver.ExecuteScript(script, arguments) is not true)
        {
            Assert.True(Environment.TickCount64 < until, $"never true: {script}");
            Thread.Sleep(20);
        }
    }

    public void Key(params string[] keys)
    {
        var actions = new Actions(Driver);
        foreach (var key in keys)
        {
            actions.SendKeys(key);
        }

        actions.Perform();
    }

    public void Chord(string modifier, string key)
    {
        new Actions(Driver).KeyDown(modifier).SendKeys(key).KeyUp(modifier).Perform();
    }

    public void Click(string id)
    {
        Driver.FindElement(By.Id(id)).Click();
    }

    /// <summary>Clicks the first control whose name begins so; one that was just drawn anew is looked for again, as a person would.</summary>
    public void ClickNamed(string name)
    {
        for (var trial = 0; ; trial++)
        {
            try
            {
                Driver.FindElement(By.CssSelector($"[aria-label^='{name}']")).Click();
                return;
            }
            catch (StaleElementReferenceException) when (trial < 20)
            {
                Thread.Sleep(50);
            }
        }
    }

    public void Choose(string id, string value)
    {
        Driver.FindElement(By.CssSelector($"#{id} option[value='{value}']")).Click();
    }

    public void Type(string id, string text)
    {
        var element = Driver.FindElement(By.Id(id));
        element.Clear();
        element.SendKeys(text);
    }

    /// <summary>Answers the open dialog's fields in their order.</summary>
    public void Answer(params string[] texts)
    {
        Until("return !!document.querySelector('dialog[open]')");
        var inputs = Driver.FindElements(By.CssSelector("dialog input[type=text]"));
        for (var i = 0; i < texts.Length; i++)
        {
            inputs[i].Clear();
            inputs[i].SendKeys(texts[i]);
        }

        Driver.FindElement(By.CssSelector("dialog button[value=ok]")).Click();
        Until("return !document.querySelector('dialog[open]')");
    }

    /// <summary>Drags over the traces, from one time to another at the height of a row; a click where both are the same.</summary>
    public void Drag(double fromSeconds, double toSeconds, int row = 0, double downPixels = 0)
    {
        var stage = Driver.FindElement(By.Id("stage"));
        var x0 = Get<double>("return signallab.traces.xOf(arguments[0]) - signallab.traces.width / 2", fromSeconds);
        var x1 = Get<double>("return signallab.traces.xOf(arguments[0]) - signallab.traces.width / 2", toSeconds);
        var y = Get<double>("return signallab.traces.lanes[arguments[0]].y - signallab.traces.height / 2", row);
        var actions = new Actions(Driver).MoveToElement(stage, (int)Math.Round(x0), (int)Math.Round(y)).ClickAndHold();
        if (toSeconds != fromSeconds)
        {
            actions.MoveToElement(stage, (int)Math.Round((x0 + x1) / 2), (int)Math.Round(y + (downPixels / 2))).MoveToElement(stage, (int)Math.Round(x1), (int)Math.Round(y + downPixels));
        }

        actions.Release().Perform();
    }

    /// <summary>Waits until the page that the view names is painted.</summary>
    public void Painted() => Until("return signallab.traces.stage.dataset.painted === `${signallab.view.from} ${signallab.view.seconds}` && signallab.traces.waiting.length === 0");

    public double From => Get<double>("return signallab.view.from");

    public string Text(string id) => Driver.FindElement(By.Id(id)).Text;

    /// <summary>What a link leads to.</summary>
    public byte[] Bytes(string link)
    {
        Async("fetch(document.getElementById(arguments[0]).href).then(r => r.arrayBuffer()).then(b => { let text = ''; for (const byte of new Uint8Array(b)) text += String.fromCharCode(byte); window.fetched = btoa(text); done(); })", link);
        return Convert.FromBase64String(Get<string>("return window.fetched"));
    }

    /// <summary>A picture of the page, in the folder that <c>SIGNALLAB_SHOTS</c> names; nothing where it names none.</summary>
    public void Shot(string name)
    {
        if (Environment.GetEnvironmentVariable("SIGNALLAB_SHOTS") is { Length: > 0 } folder)
        {
            Driver.GetScreenshot().SaveAsFile(Path.Combine(Directory.CreateDirectory(folder).FullName, name + ".png"));
        }
    }

    /// <summary>Lines of the console that tell of a fault.</summary>
    public IReadOnlyList<string> Faults() => [.. Driver.Manage().Logs.GetLog(LogType.Browser).Where(l => l.Level >= LogLevel.Severe && !l.Message.Contains("status of 4", StringComparison.Ordinal)).Select(l => l.Message)];

    private ChromeDriver? Start()
    {
        var (browser, chromedriver) = (Find("chromium", "google-chrome"), Find("chromedriver"));
        if (browser is null || chromedriver is null)
        {
            return null;
        }

        var options = new ChromeOptions { BinaryLocation = browser };
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1800,960", "--force-device-scale-factor=1");
        options.AddUserProfilePreference("download.default_directory", Downloads);
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        return new(ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(chromedriver), Path.GetFileName(chromedriver)), options, TimeSpan.FromMinutes(3));
    }

    internal static string? Find(params string[] names) => names
        .SelectMany(n => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, n)))
        .FirstOrDefault(File.Exists);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SignalLab.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("SignalLab.sln");
        }

        return folder;
    }
}
