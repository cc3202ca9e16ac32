using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Anything may happen to one file of an index that is closed, or of a backup: it is served as it was, or refused.</summary>
public sealed class RandomDamageTests
{
    private const int TrialsOfAFolder = 50;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Open_OneFileDamaged_ServesWhatWasThereOrRefuses(bool isStore) => TryAsync(isStore, firstSeed: 0, trials: TrialsOfAFolder);

    [SlowFact]
    public Task Open_OneFileDamagedOften_ServesWhatWasThereOrRefuses() => TryAsync(isStore: false, firstSeed: 1000, trials: 3500);

    [SlowFact]
    public Task Open_OneFileOfAStoreDamagedOften_ServesWhatWasThereOrRefuses() => TryAsync(isStore: true, firstSeed: 2000, trials: 3500);

    private static async Task TryAsync(bool isStore, int firstSeed, int trials)
    {
        int refused = 0;
        for (int seed = firstSeed; seed < firstSeed + (trials / TrialsOfAFolder); seed++)
        {
            using var folder = new TemporaryFolder();
            DamageScene scene = await DamageScene.MakeAsync(folder, isStore, seed);
            var random = new Random(seed);
            for (int trial = 0; trial < TrialsOfAFolder; trial++)
            {
                string damage = scene.Damage(random, folder.PathOf("damaged"));
                try
                {
                    using IScriptedIndex sut = StorageProgram.Open(folder.PathOf("damaged"), isStore);
                    Assert.True(sut.Equals(scene.Expected), $"Seed {seed}, trial {trial}: {damage}. Something else is served than what was there.");
                }
                catch (SearchStorageException e)
                {
                    Assert.StartsWith(folder.PathOf("damaged"), e.Path, StringComparison.Ordinal);
                    refused++;
                }
            }
        }

        // Some damage is in filling bytes, or puts the same there.
        Assert.True(refused > trials / 2, $"{refused} of {trials} were refused");
    }
}
