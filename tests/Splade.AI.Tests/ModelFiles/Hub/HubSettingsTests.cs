using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.Tests.ModelFiles.Hub;

public sealed class HubSettingsTests
{
    [Theory]
    [InlineData("/users/someone/.cache/huggingface/hub", "HOME=/users/someone")]
    [InlineData("/xdg/huggingface/hub", "HOME=/users/someone", "XDG_CACHE_HOME=/xdg")]
    [InlineData("/hf/hub", "HF_HOME=/hf", "XDG_CACHE_HOME=/xdg")]
    [InlineData("/old", "HUGGINGFACE_HUB_CACHE=/old", "HF_HOME=/hf")]
    [InlineData("/cache", "HF_HUB_CACHE=/cache", "HUGGINGFACE_HUB_CACHE=/old", "HF_HOME=/hf")]
    [InlineData("/hf/hub", "HF_HUB_CACHE=", "HF_HOME=/hf")]
    [InlineData("/users/someone/models/hub", "HF_HOME=~/models", "HOME=/users/someone")]
    [InlineData("/data/ann/hub/$NONE", "HF_HUB_CACHE=$ROOT/${USER}/hub/$NONE", "ROOT=/data", "USER=ann")]
    public void CacheFolder_Variables_CountInTheOrderOfHuggingFace(string expected, params string[] variables) =>
        Assert.Equal(Path.GetFullPath(expected), Create(variables).CacheFolder);

    [Fact]
    public void CacheFolder_Option_BeatsTheVariables()
    {
        HubSettings settings = Create(["HF_HUB_CACHE=/cache"], new SpladeModelHubOptions { CacheFolder = "mine" });
        Assert.Equal(Path.GetFullPath("mine"), settings.CacheFolder);
    }

    [Fact]
    public void Endpoint_OptionAndVariable_HaveNoSlashAtTheEnd()
    {
        Assert.Equal("https://huggingface.co", Create([]).Endpoint);
        Assert.Equal("https://mirror.example/hf", Create(["HF_ENDPOINT=https://mirror.example/hf/"]).Endpoint);
        var options = new SpladeModelHubOptions { Endpoint = new Uri("http://127.0.0.1:8080/") };
        Assert.Equal("http://127.0.0.1:8080", Create(["HF_ENDPOINT=https://mirror.example"], options).Endpoint);
    }

    [Theory]
    [InlineData("mirror.example")]
    [InlineData("ftp://mirror.example")]
    public void Endpoint_NoWebAddress_IsRefused(string endpoint)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Create([$"HF_ENDPOINT={endpoint}"]));
        Assert.Contains($"HF_ENDPOINT is '{endpoint}'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("option", "option", "HF_TOKEN=variable")]
    [InlineData("variable", null, "HF_TOKEN=variable", "HUGGING_FACE_HUB_TOKEN=old")]
    [InlineData("old", null, "HUGGING_FACE_HUB_TOKEN=old")]
    [InlineData(null, null)]
    [InlineData(null, null, "HF_TOKEN=variable", "HF_HUB_DISABLE_IMPLICIT_TOKEN=1")]
    [InlineData("option", "option", "HF_HUB_DISABLE_IMPLICIT_TOKEN=1")]
    public void ReadToken_OptionAndVariables_CountInThisOrder(string? expected, string? option, params string[] variables) =>
        Assert.Equal(expected, Create([.. variables, "HF_HOME=/nowhere"], new SpladeModelHubOptions { Token = option }).ReadToken());

    [Fact]
    public void ReadToken_FileThatIsNamed_IsRead()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "from-file\n");
        Assert.Equal("from-file", Create([$"HF_TOKEN_PATH={file}"]).ReadToken());
        File.Delete(file);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Offline_Variable_IsReadAsHuggingFaceDoes(string value, bool expected) =>
        Assert.Equal(expected, Create([$"HF_HUB_OFFLINE={value}"]).Offline);

    [Fact]
    public void MayDownload_ByDefault_IsFalse() => Assert.False(Create([]).MayDownload);

    [Fact]
    public void Options_ImpossibleValues_AreRefusedWhereTheyAreSet()
    {
        var options = new SpladeModelHubOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRetries = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.StallTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentNullException>(() => options.TimeProvider = null!);
        Assert.Throws<ArgumentException>(() => options.Endpoint = new Uri("models", UriKind.Relative));
        Assert.Throws<ArgumentException>(() => options.ModelFile = "../model.onnx");
        Assert.Throws<ArgumentException>(() => options.ModelFile = "model.bin");
    }

    private static HubSettings Create(string[] variables, SpladeModelHubOptions? options = null)
    {
        var values = variables.Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1]);
        options ??= new SpladeModelHubOptions();
        options.ReadVariable = name => values.GetValueOrDefault(name);
        return HubSettings.Create(options);
    }
}
