using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.Tests.Files;

public sealed class JsonFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("256", 256)]
    [InlineData("256.0", 256)]
    [InlineData("2.56e2", 256)]
    [InlineData("-1.0", -1)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("2147483648", null)]
    [InlineData("1000000000000000019884624838656", null)]
    [InlineData("1e30", null)]
    [InlineData("1e999", null)]
    [InlineData("256.5", null)]
    [InlineData("\"256\"", null)]
    [InlineData("null", null)]
    public void Number_FormsOfWholeNumbers_AreRead(string number, int? expected)
    {
        string path = _folder.Write("a.json", $$"""{"number": {{number}}}""");
        Assert.Equal(expected, JsonFile.Read(path).Number("number"));
    }

    [Theory]
    [InlineData("model_max_length", "\"16\"", "a whole number")]
    [InlineData("model_max_length", "16.5", "a whole number")]
    [InlineData("max_seq_length", "[256]", "a whole number")]
    [InlineData("max_position_embeddings", "true", "a whole number")]
    [InlineData("similarity_fn_name", "1", "text")]
    [InlineData("pooling_strategy", "1", "text")]
    public void Read_SettingOfAnotherKind_IsRefusedByName(string name, string value, string expected)
    {
        string path = _folder.Write("a.json", $$"""{"{{name}}": {{value}}}""");
        var error = Assert.Throws<SpladeModelException>(() => JsonFile.Read(path));
        Assert.Equal($"{path}: '{name}' is {value}, expected {expected}. Correct it, or copy the file again.", error.Message);
    }

    [Fact]
    public void Read_SettingsThatAreNullOrHuge_AreTaken()
    {
        string path = _folder.Write("a.json", """{"model_max_length": 1e30, "max_seq_length": null, "default_prompt_name": null}""");
        Assert.Null(JsonFile.Read(path).Number("model_max_length"));
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("1", "a number")]
    [InlineData("[]", "a list")]
    [InlineData("[null]", "a list")]
    [InlineData("\"a\"", "a string")]
    [InlineData("true", "a truth value")]
    public void Read_OtherThanAnObject_SaysWhatWasFound(string content, string found)
    {
        string path = _folder.Write("a.json", content);
        AssertRefused(path, $"Found {found}, expected an object");
    }

    [Theory]
    [InlineData("""{"a": "\ud800"}""")]
    [InlineData("""{"\udc00": 1}""")]
    [InlineData("""{"a": [{"b": ["x\ud83d "]}]}""")]
    public void Read_HalfASurrogatePair_IsRefusedByName(string content) =>
        AssertRefused(_folder.Write("a.json", content), "half a surrogate pair");

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreRefused()
    {
        string path = _folder.PathOf("a.json");
        File.WriteAllBytes(path, [.. "{\"a\": \""u8, 0xFF, .. "\"}"u8]);
        AssertRefused(path, "UTF-8");
    }

    [Fact]
    public void Read_ByteOrderMark_IsPassedOver()
    {
        string path = _folder.PathOf("a.json");
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. "{\"a\": \"b\"}"u8]);
        Assert.Equal("b", JsonFile.Read(path).Text("a"));
    }

    [Fact]
    public void Read_LargerThanSettingsAre_SaysTheLimit()
    {
        string path = _folder.Write("a.json", "");
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(1L << 40);
        }

        AssertRefused(path, "Found 1099511627776 bytes, expected at most 16777216");
    }

    [Fact]
    public void Read_NestedDeeply_IsRefused() => AssertRefused(_folder.Write("a.json", new string('[', 100_000)), "cannot be read as JSON");

    [Fact]
    public void ReadIfExists_NothingThere_IsNull() => Assert.Null(JsonFile.ReadIfExists(_folder.PathOf("a.json")));

    [Fact]
    public void ReadIfExists_FolderOfThatName_IsRefused()
    {
        string path = Directory.CreateDirectory(_folder.PathOf("a.json")).FullName;
        var e = Assert.Throws<SpladeModelException>(() => JsonFile.ReadIfExists(path));
        Assert.Contains("Found a folder, expected a regular file", e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.Path);
    }

    [Fact]
    public void ReadIfExists_ListWanted_TakesAListOnly()
    {
        Assert.Equal(1, JsonFile.ReadIfExists(_folder.Write("a.json", "[2]"), JsonValueKind.Array)!.Value.GetArrayLength());
        string other = _folder.Write("b.json", "{}");
        var e = Assert.Throws<SpladeModelException>(() => JsonFile.ReadIfExists(other, JsonValueKind.Array));
        Assert.Contains("Found an object, expected a list", e.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string path, string reason)
    {
        var e = Assert.Throws<SpladeModelException>(() => JsonFile.Read(path));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.Path);
    }
}
