using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.ModelFiles.Hub;

public sealed class SpladeModelHubEngineTests
{
    [Fact]
    public async Task ResolveAsync_RealModel_IsDownloadedLoadedAndNamed()
    {
        using var cache = new TemporaryCache();
        await using var server = HubServer.WithFolder(EngineFixture.ModelFolder);
        string folder = await cache.CreateHub(server).ResolveAsync(HubServer.Name);
        await using SpladeEngine downloaded = await SpladeEngine.CreateAsync(folder);
        await using SpladeEngine original = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        Assert.Equal(HubServer.Name, downloaded.Model.Name);
        string[] texts = ["the moon landing"];
        Assert.Equal((await original.EncodeAsync(texts))[0].Vector, (await downloaded.EncodeAsync(texts))[0].Vector);
    }
}
