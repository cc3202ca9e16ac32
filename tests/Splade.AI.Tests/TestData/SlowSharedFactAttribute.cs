namespace Splade.AI.Tests.TestData;

/// <summary>A slow test that needs the shared folder, and is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlowSharedFactAttribute : SlowFactAttribute
{
    public SlowSharedFactAttribute()
    {
        if (IsOn)
        {
            Skip = new SharedFactAttribute().Skip;
        }
    }
}
