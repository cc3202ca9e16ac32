using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.Tests.Files;

public sealed class SettingsFileTests
{
    [Fact]
    public void Unknown_ManyAndLongNames_AreCutShort()
    {
        string members = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"{i}\\n{new string('x', 10_000)}\": 1"));
        using var json = JsonDocument.Parse($"{{\"known\": 1, {members}}}");
        IReadOnlyList<string> unknown = new SettingsFile("/folder/config.json", json.RootElement).Unknown(new HashSet<string> { "known" });
        Assert.StartsWith("'0\uFFFDxxx", unknown[0], StringComparison.Ordinal);
        Assert.EndsWith("...' of config.json", unknown[0], StringComparison.Ordinal);
        Assert.Equal("and 992 more", unknown[^1]);
        Assert.All(unknown, name => Assert.InRange(name.Length, 1, 150));
    }
}
