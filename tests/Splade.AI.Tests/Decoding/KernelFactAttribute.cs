using Splade.AI.Decoding;

namespace Splade.AI.Tests.Decoding;

/// <summary>A test of the kernels, which need AVX2. Elsewhere the model's graph does their work, and the test is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KernelFactAttribute : FactAttribute
{
    public KernelFactAttribute()
    {
        if (!PanelKernel.IsSupported)
        {
            Skip = "this processor has no AVX2";
        }
    }
}
